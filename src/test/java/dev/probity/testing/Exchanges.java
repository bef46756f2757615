package dev.probity.testing;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.Clock;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.ExchangeIds;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Makes exchanges: ordinary ones, and random ones that use every corner of the record. */
public final class Exchanges {
  private static final String[] MODELS = {"gpt-5", "gpt-5-mini", "claude-opus-5-5", "gemini-3-pro"};
  private static final String[] PROVIDERS = {"openai", "anthropic", "gemini", ""};
  private static final String TRAIL =
      "{\"route\":\"gpt-*\",\"candidates\":[{\"deployment\":\"main\",\"why\":\"priority\"}],"
          + "\"attempts\":[{\"deployment\":\"main\",\"status\":200,\"first_byte_ms\":3}]}";

  private final RandomGenerator random;
  private final ExchangeIds ids;

  public Exchanges(Clock clock, RandomGenerator random) {
    this.random = random;
    ids = new ExchangeIds(clock, 0);
  }

  /** A completed call of the first organization, begun now. */
  public Exchange next() {
    return next(ids.next());
  }

  public Exchange next(ExchangeId id) {
    int model = random.nextInt(MODELS.length);
    return new Exchange(
        id,
        OrganizationId.FIRST,
        new KeyId("key_" + random.nextInt(3)),
        Operation.CHAT_COMPLETION,
        MODELS[model],
        MODELS[model] + "-2026-08-01",
        PROVIDERS[random.nextInt(3)],
        "main",
        random.nextInt(10) == 0 ? 500 : 200,
        Outcome.COMPLETED,
        "",
        new Usage(random.nextInt(2000), random.nextInt(100), 0, 0, random.nextInt(500), 0, 0),
        UsageSource.PROVIDER,
        new Charge(random.nextInt(1_000_000), false, "2026-11-01/openai/gpt-5"),
        random.nextInt(5000),
        OptionalLong.of(random.nextInt(500)),
        random.nextBoolean(),
        1024,
        4096,
        Optional.of("b7f1c0de-1234-4321-9876-0123456789ab"),
        Optional.of("req_0123456789abcdef"),
        TRAIL);
  }

  /** Any exchange at all, of one of three organizations. */
  public Exchange random() {
    return new Exchange(
        ids.next(),
        new OrganizationId(random.nextInt(3)),
        new KeyId(text(12)),
        pick(Operation.values()),
        text(40),
        random.nextBoolean() ? text(40) : "",
        pick(PROVIDERS),
        text(10),
        random.nextInt(100, 600),
        pick(Outcome.values()),
        random.nextBoolean() ? text(20) : "",
        new Usage(number(), number(), number(), number(), number(), number(), number()),
        pick(UsageSource.values()),
        new Charge(signed(), random.nextBoolean(), text(30)),
        number(),
        random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty(),
        random.nextBoolean(),
        number(),
        number(),
        random.nextBoolean() ? Optional.of(text(40)) : Optional.empty(),
        random.nextBoolean() ? Optional.of(text(40)) : Optional.empty(),
        text(random.nextInt(20) == 0 ? 5000 : 300));
  }

  private <T> T pick(T[] constants) {
    return constants[random.nextInt(constants.length)];
  }

  /** Often small, sometimes large; sums of many still fit. */
  private long signed() {
    return random.nextBoolean() ? number() : -number();
  }

  private long number() {
    return random.nextLong(1L << random.nextInt(1, 40));
  }

  private String text(int atMost) {
    int length = random.nextInt(atMost + 1);
    boolean plain = random.nextInt(4) > 0;
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.appendCodePoint(plain ? random.nextInt(32, 127) : codePoint());
    }
    return text.toString();
  }

  private int codePoint() {
    int codePoint = random.nextInt(1, 0x20000);
    return codePoint >= 0xd800 && codePoint < 0xe000 ? 'x' : codePoint;
  }
}
