package dev.probity.telemetry.intake;

/**
 * How much may be reported at once ({@code telemetry:}).
 *
 * @param bodyBytes the largest export, as it comes and unpacked
 * @param memoryBytes all exports in memory together, as they came and unpacked
 * @param exports exports that are being taken in at the same time
 */
public record IntakeSettings(int bodyBytes, long memoryBytes, int exports) {
  public static final IntakeSettings DEFAULT = new IntakeSettings(64 << 20, 160L << 20, 256);
}
