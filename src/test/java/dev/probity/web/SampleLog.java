package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.kernel.Clock;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.ExchangeIds;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A month of believable exchanges, always the same ones, and the models that they were with. */
final class SampleLog implements ModelCatalog {
  private static final PriceLine OPUS =
      line("claude-opus-5-5", "standard", OptionalLong.empty(), 5, 0.5, 6.25, 10, 25);
  private static final PriceLine GPT =
      line("gpt-6.1", "standard", OptionalLong.empty(), 1.25, 0.125, 1.25, 1.25, 10);
  private static final PriceLine GPT_PRIORITY =
      line("gpt-6.1", "priority", OptionalLong.empty(), 2.5, 0.25, 2.5, 2.5, 20);
  private static final PriceLine GEMINI =
      line("gemini-3.5-pro", "standard", OptionalLong.empty(), 2, 0.2, 2, 2, 12);
  private static final PriceLine GEMINI_LONG =
      line("gemini-3.5-pro", "standard", OptionalLong.of(200_000), 4, 0.4, 4, 4, 18);

  private final Random random = new Random(7);
  private final Clock clock;
  private final List<KeyId> keys;

  SampleLog(Clock clock, List<KeyId> keys) {
    this.clock = clock;
    this.keys = keys;
  }

  /** Exchanges up to now, oldest first. */
  List<Exchange> exchanges(int count, int days) {
    long now = clock.millis();
    List<Long> times = new ArrayList<>();
    while (times.size() < count) {
      long at = now - (long) (random.nextDouble() * days * 86_400_000L);
      int hour = (int) (at / 3_600_000 % 24);
      if ((hour >= 7 && hour <= 20) || random.nextInt(6) == 0) {
        times.add(at);
      }
    }
    times.sort(null);
    return times.stream().map(this::exchange).toList();
  }

  /** One more exchange, which has just ended. */
  Exchange exchange(long atMillis) {
    int kind = random.nextInt(100);
    if (kind < 45) {
      return completed(atMillis, Operation.MESSAGE, "claude-opus-5-5", "anthropic", OPUS);
    }
    if (kind < 70) {
      return completed(atMillis, Operation.RESPONSE, "gpt-6.1", "openai", GPT);
    }
    if (kind < 84) {
      return completed(
          atMillis, Operation.STREAM_GENERATE_CONTENT, "gemini-3.5-pro", "gemini", GEMINI);
    }
    if (kind < 92) {
      return unpriced(atMillis);
    }
    return failed(atMillis, kind);
  }

  private Exchange completed(
      long at, Operation operation, String model, String provider, PriceLine price) {
    long cached = random.nextInt(3) > 0 ? random.nextInt(60_000) : 0;
    boolean anthropic = provider.equals("anthropic");
    Usage usage =
        new Usage(
            200 + random.nextInt(9_000),
            cached,
            anthropic ? random.nextInt(4_000) : 0,
            anthropic && random.nextInt(4) == 0 ? random.nextInt(2_000) : 0,
            20 + random.nextInt(1_800),
            random.nextInt(3) == 0 ? random.nextInt(2_500) : 0,
            provider.equals("gemini") ? random.nextInt(300) : 0);
    boolean cancelled = random.nextInt(24) == 0;
    long ttft = 280L + random.nextInt(1_400);
    long latency = ttft + random.nextInt(14_000);
    boolean retried = random.nextInt(12) == 0;
    String trail =
        """
        {"candidates":[{"deployment":"%1$s-main","model":"%2$s","provider":"%1$s","reason":""},\
        {"deployment":"%1$s-spare","model":"%2$s","provider":"%1$s","reason":"cooling_down"}],"attempts":[%3$s\
        {"deployment":"%1$s-main","model":"%2$s","status":200,"error":"","connect_ms":%4$d,"first_byte_ms":%5$d,"total_ms":%6$d,"reused":%7$s}]}\
        """
            .formatted(
                provider,
                model,
                retried
                    ? "{\"deployment\":\"%s-spare\",\"model\":\"%s\",\"status\":529,\"error\":\"overloaded\",\"connect_ms\":41,\"first_byte_ms\":380,\"total_ms\":402,\"reused\":false},"
                        .formatted(provider, model)
                    : "",
                retried ? 32 : 0,
                ttft - 60,
                latency,
                !retried);
    return row(
        at,
        operation,
        model,
        provider,
        cancelled ? 499 : 200,
        cancelled ? Outcome.CANCELLED : Outcome.COMPLETED,
        cancelled ? "client_gone" : "",
        usage,
        cancelled ? UsageSource.DRAINED : UsageSource.PROVIDER,
        new Charge(charge(usage, price), false, "2026-11-20/" + provider + "/" + model),
        latency,
        OptionalLong.of(ttft),
        trail);
  }

  private Exchange unpriced(long at) {
    return row(
        at,
        Operation.CHAT_COMPLETION,
        "in-house-7b-instruct",
        "openai-compatible",
        200,
        Outcome.COMPLETED,
        "",
        new Usage(300 + random.nextInt(900), 0, 0, 0, 50 + random.nextInt(300), 0, 0),
        UsageSource.PROVIDER,
        Charge.UNPRICED,
        400 + random.nextInt(2_000),
        OptionalLong.of(120),
        "{\"candidates\":[],\"attempts\":[{\"deployment\":\"lab\",\"model\":\"in-house-7b-instruct\",\"status\":200,\"error\":\"\",\"connect_ms\":2,\"first_byte_ms\":110,\"total_ms\":900,\"reused\":true}]}");
  }

  private Exchange failed(long at, int kind) {
    boolean refused = kind < 96;
    return row(
        at,
        Operation.CHAT_COMPLETION,
        refused ? "gpt-9-imaginary" : "gpt-6.1",
        refused ? "" : "openai",
        refused ? 404 : 502,
        refused ? Outcome.REFUSED : Outcome.UPSTREAM_FAILED,
        refused ? "model_not_found" : "connect_timeout",
        Usage.NONE,
        UsageSource.NONE,
        Charge.NOTHING,
        refused ? 1 : 10_004,
        OptionalLong.empty(),
        refused
            ? "{\"candidates\":[],\"attempts\":[]}"
            : "{\"candidates\":[{\"deployment\":\"openai-main\",\"model\":\"gpt-6.1\",\"provider\":\"openai\",\"reason\":\"\"}],\"attempts\":[{\"deployment\":\"openai-main\",\"model\":\"gpt-6.1\",\"status\":0,\"error\":\"connect_timeout\",\"connect_ms\":5000,\"first_byte_ms\":0,\"total_ms\":5000,\"reused\":false},{\"deployment\":\"openai-main\",\"model\":\"gpt-6.1\",\"status\":0,\"error\":\"connect_timeout\",\"connect_ms\":5000,\"first_byte_ms\":0,\"total_ms\":5000,\"reused\":false}]}");
  }

  private Exchange row(
      long at,
      Operation operation,
      String model,
      String provider,
      int status,
      Outcome outcome,
      String error,
      Usage usage,
      UsageSource source,
      Charge charge,
      long latency,
      OptionalLong ttft,
      String trail) {
    return new Exchange(
        idAt(at),
        OrganizationId.FIRST,
        keys.get(random.nextInt(keys.size())),
        operation,
        model,
        provider.isEmpty() ? "" : model,
        provider,
        provider.isEmpty() ? "" : provider + "-main",
        status,
        outcome,
        error,
        usage,
        source,
        charge,
        latency,
        ttft,
        ttft.isPresent() && random.nextBoolean(),
        1_000 + random.nextInt(60_000),
        300 + random.nextInt(20_000),
        operation == Operation.MESSAGE
            ? Optional.of("7f9b2c1e-52aa-4d0e-9d7c-" + "%012d".formatted(random.nextInt(40)))
            : Optional.empty(),
        status == 200 ? Optional.of("req_011C%08x".formatted(random.nextInt())) : Optional.empty(),
        trail);
  }

  private static long charge(Usage usage, PriceLine price) {
    long pico =
        (usage.uncachedInput() + usage.toolPrompt()) * price.input()
            + usage.cacheRead() * price.cacheRead()
            + usage.cacheWrite5m() * price.cacheWrite5m()
            + usage.cacheWrite1h() * price.cacheWrite1h()
            + usage.output() * price.output();
    return (pico + 500) / 1_000;
  }

  /** An id of its own, begun at a time. */
  private ExchangeId idAt(long millis) {
    Clock then =
        new Clock() {
          @Override
          public long millis() {
            return millis;
          }

          @Override
          public long nanos() {
            return 0;
          }
        };
    ExchangeIds ids = new ExchangeIds(then, random.nextInt(256));
    return ids.next();
  }

  @Override
  public List<ModelEntry> models() {
    return List.of(
        entry("claude-opus-5-5", "anthropic", OPUS),
        new ModelEntry(
            "gpt-*",
            List.of(
                new ModelRoute(
                    "openai-main", "openai", "*", 3, 0, true, List.of(GPT, GPT_PRIORITY)),
                new ModelRoute("azure-west", "azure-openai", "*", 1, 0, false, List.of(GPT)))),
        entry("gemini-3.5-pro", "gemini", GEMINI, GEMINI_LONG),
        entry("in-house-7b-instruct", "openai-compatible"),
        entry("simulated", "simulated"));
  }

  @Override
  public Optional<PriceLine> priceOf(Exchange exchange) {
    return List.of(OPUS, GPT, GEMINI).stream()
        .filter(price -> price.model().equals(exchange.resolvedModel()))
        .filter(price -> !exchange.charge().priceVersion().isEmpty())
        .findFirst();
  }

  private static ModelEntry entry(String model, String provider, PriceLine... prices) {
    return new ModelEntry(
        model,
        List.of(new ModelRoute(provider + "-main", provider, "*", 1, 0, true, List.of(prices))));
  }

  private static PriceLine line(
      String model,
      String tier,
      OptionalLong above,
      double input,
      double read,
      double write,
      double writeLong,
      double output) {
    return new PriceLine(
        model,
        tier,
        above,
        pico(input),
        pico(read),
        pico(write),
        pico(writeLong),
        pico(output),
        "2026-09-22",
        "The provider's price page, and what a captured exchange was billed",
        Optional.of("https://example.org/prices"),
        "2026-11-18");
  }

  private static long pico(double usdPerMillion) {
    return Math.round(usdPerMillion * 1_000_000);
  }
}
