package dev.probity.bench;

/**
 * One workload on one system, once.
 *
 * @param cpuMicros CPU per request, what was done after the last answer included; NaN without a
 *     process
 * @param afterMicros the part of it that came after the last answer
 * @param compilerMicros the part of it that the JVM's compilers used
 * @param residentMegabytes after the load; NaN without a process
 * @param foreignShare CPU used by others on this machine meanwhile, as a share of all of it
 */
record Measurement(
    Workload workload,
    String contender,
    int repetition,
    LoadResult load,
    double cpuMicros,
    double afterMicros,
    double compilerMicros,
    double residentMegabytes,
    double peakMegabytes,
    double foreignShare) {

  /** What a user waits for: a chunk of a paced stream, else the whole answer. */
  Histogram latency() {
    return workload.paced() ? load.lag() : load.whole();
  }
}
