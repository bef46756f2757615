package dev.probity.server.settings;

import dev.probity.server.settings.Type.Section;

/** The keys below {@code telemetry}. */
final class TelemetryKeys {
  static final Key<Settings.Telemetry> TELEMETRY =
      Key.optional(
          "telemetry",
          new Section<>(
              new Schema<>(
                  PlaceKeys.ALL,
                  values ->
                      new Settings.Telemetry(
                          PlaceKeys.places(values),
                          PlaceKeys.proxies(values),
                          PlaceKeys.capturePrompts(values)))),
          "What is taken from agents' reports.");

  private TelemetryKeys() {}
}
