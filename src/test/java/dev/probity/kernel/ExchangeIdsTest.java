package dev.probity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExchangeIdsTest {
  private final AtomicLong now = new AtomicLong(1_795_205_938_053L);
  private final Clock clock =
      new Clock() {
        @Override
        public long millis() {
          return now.get();
        }

        @Override
        public long nanos() {
          return now.get() * 1_000_000;
        }
      };

  @Test
  void ids_riseStrictly_evenWhenTheClockStepsBackAndManyFallIntoOneMillisecond() {
    ExchangeIds ids = new ExchangeIds(clock, 7);
    Set<String> seen = new HashSet<>();
    ExchangeId last = ids.next();
    for (int i = 0; i < 30_000; i++) {
      if (i == 20_000) {
        now.addAndGet(-5_000);
      }
      ExchangeId next = ids.next();
      assertThat(next).isGreaterThan(last);
      assertThat(seen.add(next.toString())).isTrue();
      last = next;
    }
  }

  @Test
  void writtenForm_readsBack_andSortsLikeTheId() {
    ExchangeIds ids = new ExchangeIds(clock, 255);
    ExchangeId first = ids.next();
    now.addAndGet(1);
    ExchangeId second = ids.next();
    assertThat(ExchangeId.parse(first.toString())).contains(first);
    assertThat(first.toString()).hasSize(16).startsWith("ex_");
    assertThat(first.toString().compareTo(second.toString())).isNegative();
    assertThat(first.startedAtMillis()).isEqualTo(1_795_205_938_053L);
    assertThat(ExchangeId.firstAt(1_795_205_938_053L)).isLessThanOrEqualTo(first);
    assertThat(ExchangeId.firstAt(1_795_205_938_054L)).isGreaterThan(first);
  }

  @Test
  void parse_refusesWhatIsNoId() {
    assertThat(ExchangeId.parse("")).isEmpty();
    assertThat(ExchangeId.parse("ex_")).isEmpty();
    assertThat(ExchangeId.parse("ex_zzzzzzzzzzzzz")).isEmpty();
    assertThat(ExchangeId.parse("ex_0123456789ab!")).isEmpty();
    assertThat(ExchangeId.parse("xx_0123456789abc")).isEmpty();
  }
}
