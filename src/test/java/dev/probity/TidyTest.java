package dev.probity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.Tidy.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The size and naming rules of CONTRIBUTING.md. Each is shown to find what it is there for. */
class TidyTest {
  private static final List<Source> MAIN = sources(Path.of("src/main/java"));
  private static final List<Source> ALL =
      Stream.concat(MAIN.stream(), sources(Path.of("src/test/java")).stream()).toList();

  @Test
  void files_areShorterThan500LinesAndMostlyThan300() {
    assertThat(Tidy.longFiles(ALL)).isEmpty();
    assertThat(Tidy.filesOfUnusualLength(MAIN)).isEmpty();

    List<Source> planted = List.of(new Source("a/Long.java", "\n".repeat(500)));
    assertThat(Tidy.longFiles(planted)).containsExactly("a/Long.java has 500 lines");
    assertThat(Tidy.filesOfUnusualLength(planted)).hasSize(1);
  }

  @Test
  void methods_areAtMost60Lines() {
    assertThat(Tidy.longMethods(MAIN)).isEmpty();

    String body = "int a = 0;\n".repeat(59);
    assertThat(Tidy.longMethods(List.of(inClass("void m() {\n" + body + "}"))))
        .containsExactly("a/A.java: m has 61 lines");
    assertThat(Tidy.longMethods(List.of(inClass("A() {\n" + body + "}")))).hasSize(1);
    assertThat(Tidy.longMethods(List.of(inClass("void m() {" + body + "}")))).isEmpty();
  }

  @Test
  void packages_haveAtMost25Files() {
    assertThat(Tidy.largePackages(MAIN)).isEmpty();

    List<Source> planted =
        IntStream.range(0, 26).mapToObj(i -> new Source("a/b/A" + i + ".java", "")).toList();
    assertThat(Tidy.largePackages(planted)).containsExactly("a/b has 26 files");
  }

  @Test
  void packages_sayWhatTheyOwn() {
    assertThat(Tidy.packagesWithoutInfo(MAIN)).isEmpty();

    assertThat(
            Tidy.packagesWithoutInfo(
                List.of(
                    new Source("a/A.java", ""),
                    new Source("b/package-info.java", "@NullMarked package b;"),
                    new Source("c/package-info.java", "/** C. */ package c;"),
                    new Source("d/package-info.java", "/** D. */ @NullMarked package d;"))))
        .extracting(text -> text.substring(0, 1))
        .containsExactly("a", "b", "c");
  }

  @Test
  void names_sayWhatAThingIs() {
    assertThat(Tidy.emptyNames(MAIN)).isEmpty();

    assertThat(
            Tidy.emptyNames(
                List.of(
                    inClass("class StoreImpl {} record KeyUtils() {} interface ThingManager {}"),
                    inClass("int getCount() { return 1; }"),
                    inClass("@Override public String getMessage() { return null; }"))))
        .hasSize(4);
  }

  @Test
  void nothing_isLeftOpen() {
    assertThat(Tidy.leftOpen(ALL)).isEmpty();

    assertThat(Tidy.leftOpen(List.of(inClass("// TO" + "DO: later")))).hasSize(1);
  }

  @Test
  void tests_doNotSleep() {
    assertThat(Tidy.sleeps(sources(Path.of("src/test/java")))).isEmpty();

    assertThat(Tidy.sleeps(List.of(inClass("void m() { Thread.sl" + "eep(1); }")))).hasSize(1);
  }

  private static Source inClass(String members) {
    return new Source("a/A.java", "package a;\nclass A {\n" + members + "\n}\n");
  }

  private static List<Source> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> new Source(root.relativize(file).toString().replace('\\', '/'), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
