package dev.probity.bench;

/**
 * What the load generator saw.
 *
 * @param answered answers with status 200 that came to their end
 * @param failed answers with another status, a changed body or a broken connection
 * @param seconds the time in which requests were sent
 * @param answeredInTime of {@code answered}, those within {@code seconds}
 * @param whole from the request (in an open load: from when it was due) to the answer's end
 * @param firstByte from the same to the first byte of the answer
 * @param lag of each chunk of a paced stream: from the provider's write to the client's read
 */
record LoadResult(
    long answered,
    long failed,
    String firstFailure,
    double seconds,
    long answeredInTime,
    Histogram whole,
    Histogram firstByte,
    Histogram lag) {
  double perSecond() {
    return answeredInTime / seconds;
  }
}
