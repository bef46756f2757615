package dev.probity.bench;

/**
 * One load on one system, once.
 *
 * @param cpuMicros all CPU of the process until everything could be asked for
 * @param peakMegabytes the most memory it ever had
 * @param queryableSeconds from the last acknowledgement until everything could be asked for
 */
record TelemetryMeasurement(
    String name,
    ExportLoad.Result load,
    double cpuMicros,
    double peakMegabytes,
    double queryableSeconds) {
  double cpuMicrosPerRecord() {
    return cpuMicros / Math.max(1, load.acknowledged() * ClaudeLogs.RECORDS);
  }

  double recordsPerCoreSecond() {
    return 1e6 / cpuMicrosPerRecord();
  }

  double recordsPerSecond() {
    return load.acknowledged() * ClaudeLogs.RECORDS / load.seconds();
  }
}
