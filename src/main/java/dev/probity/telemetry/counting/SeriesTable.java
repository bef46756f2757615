package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Temporality;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns readings into what came since the reading before. A cumulative series is told by its start,
 * too: one that began anew counts from zero, and two processes that write the same series do not
 * disturb each other.
 */
final class SeriesTable {
  static final int LARGEST = 2_000;

  private static final Measure[] MEASURES = Measure.values();
  private static final int SMALLEST = 8 + 4;

  private record Key(long series, long startMillis) {}

  private record Last(Measure measure, long atMillis, long value) {}

  /** The one that was not heard of for longest first. */
  private final Map<Key, Last> series = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What is new in a reading.
   *
   * @param value the reading's, within reason
   */
  long flow(Reading reading, long value) {
    if (reading.temporality() == Temporality.DELTA) {
      return value;
    }
    Key key = new Key(reading.series(), reading.startMillis());
    Last last = series.getOrDefault(key, new Last(reading.measure(), Long.MIN_VALUE, 0));
    if (reading.atMillis() <= last.atMillis) {
      return 0;
    }
    if (series.size() >= LARGEST && !series.containsKey(key)) {
      series.remove(series.keySet().iterator().next());
    }
    series.put(key, new Last(reading.measure(), reading.atMillis(), value));
    return value >= last.value ? value - last.value : value;
  }

  /** Forgets the series of a matter, which do not count any more. */
  void forget(Matter matter) {
    series.values().removeIf(last -> Matter.of(last.measure) == matter);
  }

  void write(long baseMillis, ByteWriter to) {
    to.writeNumber(series.size());
    series.forEach((key, last) -> {
      to.writeLong(key.series);
      to.writeSigned(key.startMillis - baseMillis);
      to.writeByte(last.measure.ordinal());
      to.writeSigned(last.atMillis - baseMillis);
      to.writeNumber(last.value);
    });
  }

  static SeriesTable read(long baseMillis, ByteReader from) {
    SeriesTable table = new SeriesTable();
    for (int count = from.readCount(SMALLEST); count > 0; count--) {
      Key key = new Key(from.readLong(), baseMillis + from.readSigned());
      table.series.put(
          key,
          new Last(from.readOneOf(MEASURES), baseMillis + from.readSigned(), from.readNumber()));
    }
    return table;
  }
}
