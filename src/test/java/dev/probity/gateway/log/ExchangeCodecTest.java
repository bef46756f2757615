package dev.probity.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExchangeCodecTest {
  private static final long SEED = 20261120;

  private final Random random = new Random(SEED);
  private final Exchanges exchanges = new Exchanges(new FixedClock(), random);

  @Test
  void exchange_comesBackAsItWas() {
    for (int i = 0; i < 5_000; i++) {
      Exchange exchange = exchanges.random();
      assertThat(ExchangeCodec.decode(ExchangeCodec.encode(exchange))).isEqualTo(exchange);
    }
  }

  @Test
  void everyPrefix_isRefused() {
    byte[] bytes = ExchangeCodec.encode(exchanges.next());
    for (int length = 0; length < bytes.length; length++) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ExchangeCodec.decode(prefix))
          .isInstanceOf(ExchangeFormatException.class);
    }
  }

  @Test
  void damagedBytes_areReadOrRefused() {
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = ExchangeCodec.encode(exchanges.random());
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void garbage_isReadOrRefused() {
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = 1;
        bytes[1] &= 31;
      }
      isRefused(bytes);
    }
  }

  @Test
  void moreBytesThanAnExchange_areRefused() {
    byte[] bytes = ExchangeCodec.encode(exchanges.next());
    assertThatThrownBy(() -> ExchangeCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(ExchangeFormatException.class)
        .hasMessageContaining("goes on");
  }

  @Test
  void versionOne_staysReadable() {
    Exchange exchange =
        new Exchange(
            new ExchangeId(457_000_000_000_000_001L),
            OrganizationId.FIRST,
            new KeyId("key_1"),
            Operation.BATCH_EMBED_CONTENTS,
            "gpt-5",
            "gpt-5-2026",
            "openai",
            "main",
            200,
            Outcome.BROKEN,
            "stalled",
            new Usage(1, 200, 3, 4, 50_000, 6, 7),
            UsageSource.REPORTED,
            new Charge(7_948_000, true, "v1"),
            1_234,
            OptionalLong.of(56),
            true,
            10,
            20,
            Optional.of("session"),
            Optional.of("request"),
            "{\"é\":1}");
    String bytes =
        "011f8180eab2c2e2e5ab0601056b65795f310a056770742d350a6770742d352d32303236066f7065"
            + "6e6169046d61696ec80104077374616c6c656401c8010304d08603060704e08de503027631d20938"
            + "0a140773657373696f6e0772657175657374087b22c3a9223a317d";
    assertThat(HexFormat.of().formatHex(ExchangeCodec.encode(exchange))).isEqualTo(bytes);
    assertThat(ExchangeCodec.decode(HexFormat.of().parseHex(bytes))).isEqualTo(exchange);
  }

  private static boolean isRefused(byte[] bytes) {
    try {
      ExchangeCodec.decode(bytes);
      return false;
    } catch (ExchangeFormatException e) {
      return true;
    }
  }
}
