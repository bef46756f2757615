package dev.probity.server.settings;

import java.util.Optional;

/** Writes {@code docs/reference/settings.md} from the declared keys. */
final class SettingsReference {
  private static final String HEAD =
      """
      # Settings

      Everything that may stand in `probity.yaml`. Written by the program from the keys it reads; a
      test fails when this page and the program differ.

      Without a file everything has its default. A file is checked as a whole: every mistake is told
      with its line and column, and an unknown key with the nearest known one. `${NAME}` in a value
      is the environment variable of that name, `${NAME:-default}` has a default, `$${` is a plain
      `${`. A running Probity reads the file again when it changes; a file with mistakes is reported
      and the settings in force stay. What is marked *at the start* takes effect with the next start.

      Durations are written `300ms`, `5s`, `2m`, `1h`, `1d`; sizes `64KiB`, `8MiB`, `1GiB` (or `kB`,
      `MB`, `GB`); prices in USD per million tokens.

      """;

  private SettingsReference() {}

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    write(page, "Top level", "", SettingsSchema.ROOT);
    return page.toString();
  }

  private static void write(StringBuilder page, String title, String prefix, Schema<?> schema) {
    page.append("## ").append(title).append("\n\n");
    page.append("| key | takes | default | meaning |\n|---|---|---|---|\n");
    for (Key<?> key : schema.keys()) {
      page.append("| `")
          .append(key.name())
          .append("` | ")
          .append(cell(takes(key)))
          .append(" | ")
          .append(standard(key))
          .append(" | ")
          .append(cell(key.meaning()))
          .append(" |\n");
    }
    page.append('\n');
    for (Key<?> key : schema.keys()) {
      SettingsSchema.section(key.type())
          .ifPresent(section -> {
            String path = prefix + key.name() + (isList(key.type()) ? "[]" : "");
            write(page, "`" + path + "`", path + ".", section);
          });
    }
  }

  private static String takes(Key<?> key) {
    Optional<Schema<?>> section = SettingsSchema.section(key.type());
    if (section.isEmpty()) {
      return key.type().description();
    }
    return switch (key.type()) {
      case Type.Either<?> either -> either.word().description() + ", or a section";
      case Type<?> type -> isList(type) ? "a list of sections" : "a section";
    };
  }

  private static boolean isList(Type<?> type) {
    return type instanceof Type.Many<?>;
  }

  private static String standard(Key<?> key) {
    return key.standard().map(text -> "`" + text + "`").orElse(key.required() ? "*required*" : "");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }
}
