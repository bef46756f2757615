package dev.probity.privacy;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is stored: every field of every store, with what it is, what for, whom about, how long and
 * how protected. Made from the declarations on the records that are stored.
 */
public final class DataMap {
  /**
   * One stored field.
   *
   * @param store {@code control}, {@code events}, {@code journal}, {@code metrics}
   * @param table within the store; empty if the store has none
   */
  public record Field(
      String store,
      String table,
      String column,
      DataCategory category,
      Purpose purpose,
      DataSubject subject,
      Retention retention,
      Protection protection,
      Class<?> declaredBy) {}

  private static final List<String> HEADINGS =
      List.of("FIELD", "CATEGORY", "PURPOSE", "ABOUT", "KEPT", "PROTECTION");

  private final List<Field> fields;

  private DataMap(List<Field> fields) {
    this.fields = fields;
  }

  /**
   * The map of these records' fields.
   *
   * @throws IllegalArgumentException if one is not a record with {@link StoredIn}, has a component
   *     without {@link DataField}, or declares what another one declared
   */
  public static DataMap of(List<Class<?>> records) {
    List<Field> fields = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Class<?> type : records) {
      StoredIn storedIn = type.getAnnotation(StoredIn.class);
      if (!type.isRecord() || storedIn == null) {
        throw new IllegalArgumentException(
            type.getName() + " (expected: a record that says @StoredIn)");
      }
      for (String place : storedIn.value()) {
        for (Field field : fields(type, place)) {
          if (!seen.add(name(field))) {
            throw new IllegalArgumentException(
                name(field) + " is declared twice, the second time by " + type.getName());
          }
          fields.add(field);
        }
      }
    }
    fields.sort(Comparator.comparing(Field::store).thenComparing(Field::table));
    return new DataMap(List.copyOf(fields));
  }

  public List<Field> fields() {
    return fields;
  }

  /**
   * Compares the declarations with what a store really has.
   *
   * @param columns by table
   * @return one sentence for each difference; empty if there is none
   */
  public List<String> differences(String store, Map<String, Set<String>> columns) {
    Set<String> declared =
        fields.stream()
            .filter(field -> field.store().equals(store))
            .map(DataMap::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> real = new TreeSet<>();
    columns.forEach(
        (table, names) -> names.forEach(column -> real.add(store + "." + table + "." + column)));
    List<String> differences = new ArrayList<>();
    for (String name : real) {
      if (!declared.contains(name)) {
        differences.add(name + " is stored, but no record declares it");
      }
    }
    for (String name : declared) {
      if (!real.contains(name)) {
        differences.add(name + " is declared, but the store does not have it");
      }
    }
    return differences;
  }

  /** The map as a table to read. */
  public String print() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (Field field : fields) {
      rows.add(
          List.of(
              name(field),
              words(field.category()),
              words(field.purpose()),
              words(field.subject()),
              kept(field.retention()),
              words(field.protection())));
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        table.append(row.get(i)).append(last ? "" : " ".repeat(padding(rows, i, row.get(i))));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static int padding(List<List<String>> rows, int column, String cell) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return widest + 2 - cell.length();
  }

  private static List<Field> fields(Class<?> type, String place) {
    int dot = place.indexOf('.');
    String store = dot < 0 ? place : place.substring(0, dot);
    String table = dot < 0 ? "" : place.substring(dot + 1);
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      DataField declared = component.getAnnotation(DataField.class);
      if (declared == null) {
        throw new IllegalArgumentException(
            type.getName() + "." + component.getName() + " is stored, but has no @DataField");
      }
      for (String column : declared.value()) {
        fields.add(
            new Field(
                store,
                table,
                column,
                declared.category(),
                declared.purpose(),
                declared.subject(),
                declared.retention(),
                declared.protection(),
                type));
      }
    }
    return fields;
  }

  private static String name(Field field) {
    String table = field.table().isEmpty() ? "" : field.table() + ".";
    return field.store() + "." + table + field.column();
  }

  private static String kept(Retention retention) {
    return retention.days() < 0 ? words(retention) : retention.days() + " days";
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
