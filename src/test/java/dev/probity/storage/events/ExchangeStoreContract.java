package dev.probity.storage.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.ExchangeQuery.Filter;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Usage;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every store of exchanges keeps; its answers are compared with plain Java over a list. */
abstract class ExchangeStoreContract {
  private static final int COUNT = 600;

  final FixedClock clock = new FixedClock();
  final Exchanges exchanges = new Exchanges(clock, new Random(20261120));

  /** Brings exchanges into the store, as the product does, and waits until they are there. */
  abstract void store(List<Exchange> some);

  abstract ExchangeQuery query();

  @Test
  void storedExchange_isFoundAsItWas() {
    List<Exchange> all = someOverThreeDays();
    for (Exchange exchange : all) {
      assertThat(query().find(exchange.organization(), exchange.id())).contains(exchange);
    }
  }

  @Test
  void otherOrganization_findsNothing() {
    Exchange exchange = exchanges.next();
    store(List.of(exchange));
    OrganizationId other = new OrganizationId(99);
    assertThat(query().find(other, exchange.id())).isEmpty();
    assertThat(query().list(other, Filter.ALL, 10, Optional.empty()).items()).isEmpty();
    assertThat(query().usage(other, GroupBy.MODEL, OptionalLong.empty(), OptionalLong.empty()))
        .isEmpty();
  }

  @Test
  void deployments_areSummedUpByModel() {
    List<Exchange> all = someOverThreeDays();
    Map<String, Usage> expected = new HashMap<>();
    for (Exchange exchange : all) {
      if (exchange.organization().equals(OrganizationId.FIRST)
          && !exchange.deployment().isEmpty()) {
        expected.merge(
            exchange.deployment() + " " + exchange.provider() + " " + exchange.resolvedModel(),
            exchange.usage(),
            Usage::plus);
      }
    }
    Map<String, Usage> found = new HashMap<>();
    query()
        .deployments(OrganizationId.FIRST, 0, Long.MAX_VALUE)
        .forEach(use ->
            found.put(use.deployment() + " " + use.provider() + " " + use.model(), use.usage()));
    assertThat(found).isEqualTo(expected).isNotEmpty();
    assertThat(query().deployments(new OrganizationId(99), 0, Long.MAX_VALUE)).isEmpty();
    assertThat(query().deployments(OrganizationId.FIRST, 0, 1)).isEmpty();
  }

  @Test
  void emptyStore_answersEverythingWithNothing() {
    assertThat(query().find(OrganizationId.FIRST, exchanges.next().id())).isEmpty();
    assertThat(pages(Filter.ALL, 10)).isEmpty();
    assertThat(usage(GroupBy.DAY)).isEmpty();
  }

  @Test
  void list_givesEveryExchangeOnceNewestFirstWhateverThePageSize() {
    List<Exchange> expected = newestFirst(someOverThreeDays(), any -> true);
    for (int limit : new int[] {1, 7, 100, 1_000}) {
      assertThat(pages(Filter.ALL, limit)).isEqualTo(expected);
    }
  }

  @Test
  void filters_giveWhatMatches() {
    List<Exchange> all = someOverThreeDays();
    Exchange sample = newestFirst(all, e -> e.sessionId().isPresent()).get(COUNT / 20);
    Optional<String> model = Optional.of(sample.resolvedModel());
    Optional<String> key = Optional.of(sample.key().value());
    Optional<String> none = Optional.empty();
    OptionalLong open = OptionalLong.empty();
    check(
        all,
        new Filter(model, none, none, none, open, open),
        e -> e.requestedModel().equals(model.get()) || e.resolvedModel().equals(model.get()));
    check(all, new Filter(none, key, none, none, open, open), e -> e.key().equals(sample.key()));
    for (Outcome outcome : Outcome.values()) {
      check(
          all,
          new Filter(none, none, Optional.of(outcome.text()), none, open, open),
          e -> e.outcome() == outcome);
    }
    check(
        all,
        new Filter(none, none, none, sample.sessionId(), open, open),
        e -> e.sessionId().equals(sample.sessionId()));
  }

  @Test
  void timeRange_includesItsStartAndNotItsEnd() {
    List<Exchange> all = someOverThreeDays();
    long from = all.get(COUNT / 4).startedAtMillis();
    long to = all.get(3 * COUNT / 4).startedAtMillis();
    Optional<String> none = Optional.empty();
    check(
        all,
        new Filter(none, none, none, none, OptionalLong.of(from), OptionalLong.of(to)),
        e -> e.startedAtMillis() >= from && e.startedAtMillis() < to);
    check(
        all,
        new Filter(
            none,
            none,
            none,
            none,
            OptionalLong.of(Long.MIN_VALUE),
            OptionalLong.of(Long.MAX_VALUE)),
        e -> true);
  }

  @Test
  void corruptCursor_isTheCallersMistake() {
    for (String cursor : new String[] {"", "x", "ex_", "ex_zzzzzzzzzzzzz", "ex_' OR 1=1 --"}) {
      assertThatThrownBy(
              () -> query().list(OrganizationId.FIRST, Filter.ALL, 10, Optional.of(cursor)))
          .isInstanceOf(InvalidCursorException.class);
    }
  }

  @Test
  void usage_sumsEveryExchangeByEveryGroup() {
    List<Exchange> all = someOverThreeDays();
    checkUsage(all, GroupBy.MODEL, Exchange::resolvedModel);
    checkUsage(all, GroupBy.KEY, e -> e.key().value());
    checkUsage(all, GroupBy.PROVIDER, Exchange::provider);
    checkUsage(all, GroupBy.DAY, e -> instantText(e).substring(0, 10));
    checkUsage(all, GroupBy.HOUR, e -> instantText(e).substring(0, 13) + ":00Z");
  }

  @Test
  void usage_isOrderedByChargeOrByTime() {
    someOverThreeDays();
    assertThat(usage(GroupBy.MODEL))
        .isSortedAccordingTo(Comparator.comparingLong(UsageRow::chargeNanoUsd).reversed());
    assertThat(usage(GroupBy.DAY)).extracting(UsageRow::group).isSorted().hasSize(3);
    assertThat(usage(GroupBy.HOUR)).extracting(UsageRow::group).isSorted();
  }

  @Test
  void usageOfARange_isOfWholeHours() {
    List<Exchange> all = someOverThreeDays();
    long middle = all.get(COUNT / 2).startedAtMillis();
    long hour = middle - middle % 3_600_000;
    List<UsageRow> rows =
        query()
            .usage(
                OrganizationId.FIRST,
                GroupBy.HOUR,
                OptionalLong.of(middle),
                OptionalLong.of(middle + 1));
    long expected =
        newestFirst(all, e -> e.startedAtMillis() >= hour && e.startedAtMillis() < hour + 3_600_000)
            .size();
    assertThat(rows).singleElement().extracting(UsageRow::exchanges).isEqualTo(expected);
  }

  private List<Exchange> someOverThreeDays() {
    List<Exchange> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      all.add(i % 2 == 0 ? exchanges.random() : exchanges.next());
      clock.advance(Duration.ofSeconds(250));
    }
    store(all);
    return all;
  }

  private void check(List<Exchange> all, Filter filter, Predicate<Exchange> matches) {
    assertThat(pages(filter, 20)).isEqualTo(newestFirst(all, matches));
  }

  private static List<Exchange> newestFirst(List<Exchange> all, Predicate<Exchange> matches) {
    return all.stream()
        .filter(e -> e.organization().equals(OrganizationId.FIRST))
        .filter(matches)
        .sorted(Comparator.comparing(Exchange::id).reversed())
        .toList();
  }

  /** Follows the cursors to the end. */
  final List<Exchange> pages(Filter filter, int limit) {
    List<Exchange> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Exchange> page = query().list(OrganizationId.FIRST, filter, limit, cursor);
      assertThat(page.items().size()).isLessThanOrEqualTo(limit);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  private List<UsageRow> usage(GroupBy groupBy) {
    return query().usage(OrganizationId.FIRST, groupBy, OptionalLong.empty(), OptionalLong.empty());
  }

  private void checkUsage(List<Exchange> all, GroupBy groupBy, Function<Exchange, String> group) {
    Map<String, UsageRow> expected = new HashMap<>();
    for (Exchange exchange : newestFirst(all, any -> true)) {
      expected.merge(group.apply(exchange), row(group.apply(exchange), exchange), this::plus);
    }
    assertThat(usage(groupBy)).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  private static String instantText(Exchange exchange) {
    return Instant.ofEpochMilli(exchange.startedAtMillis()).toString();
  }

  private static UsageRow row(String group, Exchange exchange) {
    boolean error = exchange.status() >= 400 || exchange.outcome() == Outcome.BROKEN;
    return new UsageRow(
        group,
        1,
        error ? 1 : 0,
        exchange.charge().unpriced() ? 1 : 0,
        exchange.usage(),
        exchange.charge().nanoUsd());
  }

  private UsageRow plus(UsageRow one, UsageRow other) {
    Usage usage = one.usage().plus(other.usage());
    return new UsageRow(
        one.group(),
        one.exchanges() + other.exchanges(),
        one.errors() + other.errors(),
        one.unpriced() + other.unpriced(),
        usage,
        one.chargeNanoUsd() + other.chargeNanoUsd());
  }
}
