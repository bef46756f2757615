package dev.probity;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house rules of {@link Architecture}, on the product and on classes planted to break them. */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.probity");
  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

  @TestFactory
  Stream<DynamicTest> product_keepsEveryRule() {
    return Architecture.rules("dev.probity")
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.name(),
                () -> assertThat(rule.violations(PRODUCT)).as(rule.reason()).isEmpty()));
  }

  /** A rule that nothing planted breaks could be one that nothing can break. */
  @TestFactory
  Stream<DynamicTest> everyRule_catchesWhatWasPlantedForIt() {
    return Architecture.rules("planted")
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.name(),
                () ->
                    assertThat(rule.violations(PLANTED))
                        .as("violations among the planted classes")
                        .anySatisfy(text -> assertThat(text).contains(rule.planted()))));
  }

  @Test
  void everyPackage_standsInTheTable() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      String rest = type.getPackageName().substring("dev.probity".length());
      if (!rest.isEmpty()) {
        found.add(rest.substring(1).split("\\.", 2)[0]);
      }
    }
    assertThat(Architecture.MAY_IMPORT.keySet()).containsAll(found);
  }

  @Test
  void table_hasNoCycle() {
    Architecture.MAY_IMPORT.forEach((name, others) -> {
      for (String other : others) {
        assertThat(Architecture.MAY_IMPORT.get(other)).as(name + " ↔ " + other).isNotNull();
        assertThat(Architecture.MAY_IMPORT.getOrDefault(other, List.of()))
            .as(name + " ↔ " + other)
            .doesNotContain(name);
      }
    });
  }
}
