package dev.probity.server.settings;

import dev.probity.server.settings.Type.Section;
import dev.probity.telemetry.intake.IntakeSettings;
import java.util.List;
import java.util.stream.Stream;

/** The keys below {@code telemetry}. */
final class TelemetryKeys {
  private static final Key<Long> BODY_BYTES =
      Key.of(
          "body_bytes",
          Types.size("1KiB", "1GiB"),
          "64MiB",
          "The largest export, as it comes and unpacked. Read at the start.");
  private static final Key<Long> MEMORY_BYTES =
      Key.of(
          "memory_bytes",
          Types.size("1MiB", "64GiB"),
          "160MiB",
          "All exports in memory together. Read at the start.");
  private static final Key<Integer> EXPORTS =
      Key.of(
          "exports",
          Types.integer("exports", 1, 100_000),
          "256",
          "How many exports are taken in at the same time; more are asked to come again. Read at"
              + " the start.");
  private static final List<Key<?>> INTAKE = List.of(BODY_BYTES, MEMORY_BYTES, EXPORTS);

  static final Key<Settings.Telemetry> TELEMETRY =
      Key.optional(
          "telemetry",
          new Section<>(
              new Schema<>(
                  Stream.concat(INTAKE.stream(), PlaceKeys.ALL.stream()).toList(),
                  values ->
                      new Settings.Telemetry(
                          new IntakeSettings(
                              Math.toIntExact(values.get(BODY_BYTES)),
                              values.get(MEMORY_BYTES),
                              values.get(EXPORTS)),
                          PlaceKeys.places(values),
                          PlaceKeys.proxies(values),
                          PlaceKeys.capturePrompts(values)))),
          "What is taken from agents' reports.");

  private TelemetryKeys() {}
}
