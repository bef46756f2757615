package dev.probity.gateway.routing;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.routing.Route.PassedOver;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An exchange's routing path, gathered while it runs: who could have served it at which price, who
 * was passed over and why, why the first was the first, and each attempt with its times and its
 * cost. As JSON:
 *
 * <pre>{"policy":"weighted","first":"session_cache",
 *  "affinity":{"deployment":"main","age_ms":40000,"left":""},
 *  "candidates":[{"deployment","model","provider","dialect",
 *    "input_nano_usd_per_million","output_nano_usd_per_million","reason"}],
 *  "attempts":[{"deployment","model","status","error","reused","connect_ms","first_byte_ms",
 *    "total_ms","translated","charge_nano_usd"}],
 *  "waits":[{"after_attempts":1,"ms":200,"why":"backoff"}],
 *  "hedges":[{"deployment":"spare","after_ms":1500}],
 *  "degraded":["..."],"omitted":0}
 * </pre>
 *
 * <p>{@code first} is a word of {@link Why}. {@code affinity} is there if a prompt cache was known
 * of; its {@code left} says why the call did not go there: {@code circuit_open}, {@code
 * rate_limited}, {@code cooling_down}, {@code loaded}, {@code slow}, {@code not_next} (others come
 * before it) or {@code gone}. {@code reason} is a word of {@link PassedOver}, empty for those that
 * were tried or held ready. Prices are nano-USD per million tokens, absent if unknown. {@code
 * waits}, {@code hedges} and {@code degraded} are absent if there were none. Of each list no more
 * than 24 entries are kept, and {@code omitted} counts the rest, so a trail stays below 32 KiB.
 * Names in it come from the configuration, and model names were checked before ({@link
 * dev.probity.privacy.SafeText}).
 *
 * <p>Nearly always the only candidate answers at once. Then the row's own columns say all but a few
 * numbers, and only those are stored: see {@link #stored} and {@link #json}.
 */
public final class Trail {
  /**
   * @param chargeNanoUsd what it cost as far as is known
   */
  record Attempted(
      Candidate candidate,
      String model,
      int status,
      String error,
      boolean reused,
      long connectMillis,
      long firstByteMillis,
      long totalMillis,
      long chargeNanoUsd) {}

  record Wait(int afterAttempts, long millis, String why) {}

  record Hedge(Candidate candidate, long afterMillis) {}

  private final List<Attempted> attempts = new ArrayList<>(1);
  private final List<Wait> waits = new ArrayList<>(0);
  private final List<Hedge> hedges = new ArrayList<>(0);
  private final List<String> degraded = new ArrayList<>(0);
  private final StringBuilder brief = new StringBuilder(0);
  private @Nullable Route route;
  private @Nullable Selection selection;
  private String recordedModel = "";

  /**
   * @param recordedModel the requested model in its storable form, shown where the asked-for name
   *     was sent on
   */
  public void routed(Route found, String recordedModel) {
    this.route = found;
    this.recordedModel = recordedModel;
  }

  /** Who chooses among the route's candidates; asked for its reasons at the end. */
  public void choosing(Selection chooser) {
    selection = chooser;
  }

  /**
   * One attempt is over.
   *
   * @param status the upstream's HTTP status, 0 if there was none
   * @param error a stable word; empty if the answer was handed on
   */
  public void attempted(
      Candidate candidate,
      String sentModel,
      int status,
      String error,
      boolean reused,
      long connectMillis,
      long firstByteMillis,
      long totalMillis) {
    attempts.add(
        new Attempted(
            candidate,
            sentModel,
            status,
            error,
            reused,
            connectMillis,
            firstByteMillis,
            totalMillis,
            0));
  }

  /** What the attempt that was told of last cost. */
  public void charged(long nanoUsd) {
    if (nanoUsd > 0 && !attempts.isEmpty()) {
      Attempted last = attempts.removeLast();
      attempts.add(
          new Attempted(
              last.candidate,
              last.model,
              last.status,
              last.error,
              last.reused,
              last.connectMillis,
              last.firstByteMillis,
              last.totalMillis,
              nanoUsd));
    }
  }

  /**
   * Nothing was done for a while before the next attempt.
   *
   * @param why a stable word, such as {@code backoff} or {@code retry_after}
   */
  public void waited(long millis, String why) {
    waits.add(new Wait(attempts.size(), millis, why));
  }

  /**
   * Another candidate was called while one was still being waited for.
   *
   * @param afterMillis how long that had been
   */
  public void hedged(Candidate candidate, long afterMillis) {
    hedges.add(new Hedge(candidate, afterMillis));
  }

  /** What of the request the one that served it could not be told, or told only in part. */
  public void degraded(List<String> what) {
    degraded.addAll(what);
  }

  /** Adds an attempt that failed to the short form for the header. */
  public void passedOn(Candidate candidate, String why) {
    brief.append(candidate.deployment().name()).append(':').append(why).append(',');
  }

  /** The short form for the response header: {@code main:503,backup}. */
  public String brief(Candidate serving) {
    return brief.isEmpty() ? serving.deployment().name() : brief + serving.deployment().name();
  }

  /** The short form for the header when nobody served. */
  public String brief() {
    return brief.isEmpty() ? "none" : brief.substring(0, brief.length() - 1);
  }

  /** What is kept of it in the exchange's row. */
  public String stored() {
    Route found = route;
    return found != null && isUsual(found)
        ? ShortTrail.of(attempts.getFirst(), price(attempts.getFirst().candidate()))
        : new TrailJson(this).write();
  }

  private boolean isUsual(Route found) {
    return found.candidates().size() == 1
        && found.passedOver().isEmpty()
        && attempts.size() == 1
        && attempts.getFirst().error().isEmpty()
        && !isTranslated(attempts.getFirst().candidate())
        && waits.isEmpty()
        && hedges.isEmpty()
        && degraded.isEmpty();
  }

  /** An exchange's trail as JSON, from what its row keeps. */
  public static String json(Exchange exchange) {
    return ShortTrail.isShort(exchange.trail()) ? ShortTrail.json(exchange) : exchange.trail();
  }

  List<Attempted> attempts() {
    return attempts;
  }

  List<Wait> waits() {
    return waits;
  }

  List<Hedge> hedges() {
    return hedges;
  }

  List<String> degraded() {
    return degraded;
  }

  @Nullable Route route() {
    return route;
  }

  @Nullable Selection selection() {
    return selection;
  }

  String recordedModel() {
    return recordedModel;
  }

  /** Whether what the client sent had to be put into another dialect for it. */
  boolean isTranslated(Candidate candidate) {
    Route found = route;
    return found != null && found.asked().isPresent() && found.asked().get() != candidate.dialect();
  }

  /** What a model costs there. */
  Prices price(Candidate candidate) {
    Selection chooser = selection;
    return chooser == null
        ? Prices.UNKNOWN
        : chooser.around().prices().apply(candidate).map(Prices::of).orElse(Prices.UNKNOWN);
  }

  /** Pico-USD per token. */
  record Prices(OptionalLong input, OptionalLong output) {
    static final Prices UNKNOWN = new Prices(OptionalLong.empty(), OptionalLong.empty());

    static Prices of(dev.probity.pricing.Price price) {
      var rates = price.row().standard().times(price.factor());
      return new Prices(OptionalLong.of(rates.input()), OptionalLong.of(rates.output()));
    }
  }
}
