package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventStreamSplitterTest {
  /** Collects events as {@code name=data}. */
  private static final class Collected implements EventStreamSplitter.Sink {
    private final List<String> events = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private final EventStreamSplitter splitter = new EventStreamSplitter(this);

    @Override
    public void data(byte[] bytes, int from, int to) {
      data.append(new String(bytes, from, to - from, ISO_8859_1));
    }

    @Override
    public void event() {
      events.add(splitter.eventName() + "=" + data);
      data.setLength(0);
    }
  }

  private static List<String> split(byte[] bytes, int... cuts) {
    var collected = new Collected();
    int from = 0;
    for (int cut : cuts) {
      collected.splitter.feed(bytes, from, cut);
      from = cut;
    }
    collected.splitter.feed(bytes, from, bytes.length);
    collected.splitter.finish();
    return collected.events;
  }

  private static List<String> split(String text) {
    return split(text.getBytes(UTF_8));
  }

  /** The standard's algorithm, line by line, on the whole text. */
  private static List<String> reference(String stream) {
    List<String> events = new ArrayList<>();
    String text = stream.startsWith("\u00ef\u00bb\u00bf") ? stream.substring(3) : stream;
    String name = "";
    String data = null;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      if (line.isEmpty()) {
        if (data != null) {
          events.add(name + "=" + data);
        }
        name = "";
        data = null;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (field.equals("data")) {
        data = data == null ? value : data + "\n" + value;
      } else if (field.equals("event")) {
        name = value.substring(0, Math.min(64, value.length()));
      }
    }
    if (data != null) {
      events.add(name + "=" + data);
    }
    return events;
  }

  @Test
  void events_areSplit() {
    assertThat(split("event: a\ndata: 1\ndata\ndata:2\n\n: c\n\ndata:  x\rid: 1\r\rdata: end"))
        .containsExactly("a=1\n\n2", "= x", "=end");
  }

  @Test
  void longName_isCut() {
    assertThat(split("event: " + "n".repeat(100) + "\ndata: 1\n\n"))
        .containsExactly("n".repeat(64) + "=1");
  }

  @Test
  void randomStreams_splitByTheStandard_whereverTheyAreCut() {
    var random = new Random(3);
    String[] parts = {
      "data",
      "event",
      "id",
      ":",
      ": ",
      "\n",
      "\r",
      "\r\n",
      "\n\n",
      "x",
      " ",
      "data: ",
      "event: n",
      "{\"a\":1}",
      "\u00ef\u00bb\u00bf",
      "\u00ef",
      "datas:",
      "long text that goes on",
      "data:"
    };
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(24); j >= 0; j--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = text.toString().getBytes(ISO_8859_1);
      List<String> expected = reference(text.toString());
      int cut = random.nextInt(bytes.length + 1);
      int next = cut + random.nextInt(bytes.length - cut + 1);
      assertThat(split(bytes)).as(text.toString()).isEqualTo(expected);
      assertThat(split(bytes, cut, next)).as(text.toString()).isEqualTo(expected);
    }
  }
}
