package dev.probity.storage.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.repricing.ExchangeRepricing.DayRepricing;
import dev.probity.gateway.repricing.ExchangeRepricing.LogDay;
import dev.probity.gateway.repricing.Rerated;
import dev.probity.gateway.repricing.Rerating;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.pricing.Charge;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.PriceOverride;
import dev.probity.pricing.Provider;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import dev.probity.testing.Recharged;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlExchangeRepricingTest {
  private static final OrganizationId OTHER = new OrganizationId(2);
  private static final String USUAL = "=200 0 1 2 3 -1 -1";

  /** Absurd amounts count as this in sums. */
  private static final long MOST_NANO_USD = 1L << 53;

  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

  @TempDir Path data;
  private final FixedClock clock = new FixedClock();
  private final Random random = new Random(20261121);
  private final Exchanges exchanges = new Exchanges(clock, random);
  private final AtomicReference<PriceBook> prices = new AtomicReference<>(book("1"));
  private EventStoreFixture fixture;
  private SqlExchangeRepricing repricing;

  @BeforeEach
  void open() {
    fixture = new EventStoreFixture(data, clock);
    repricing = new SqlExchangeRepricing(fixture.days, prices::get, 7);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** What one hour of one key and model comes to. */
  private record Group(
      long hour, OrganizationId org, KeyId key, String provider, String deployment, String model) {}

  private record Sum(long unpriced, long nanoUsd) {
    Sum plus(Sum more) {
      return new Sum(unpriced + more.unpriced, nanoUsd + more.nanoUsd);
    }
  }

  @Test
  void afterAnyHistoryAndAnyPrices_theSumsAreThoseOfTheRows() {
    for (int round = 0; round < 12; round++) {
      fixture.append(history(60));
      if (random.nextInt(3) == 0) {
        clock.advance(Duration.ofHours(random.nextInt(30)));
      }
      prices.set(book(List.of("0", "0.85", "1", "3").get(random.nextInt(4))));
      OrganizationId organization = random.nextBoolean() ? OrganizationId.FIRST : OTHER;
      List<LogDay> days = repricing.days();
      LocalDate day = days.get(random.nextInt(days.size())).day();

      DayRepricing seen = repricing.reprice(organization, day, false);
      assertSumsAreThoseOfTheRows();
      DayRepricing applied = repricing.reprice(organization, day, true);
      assertThat(applied).as("a look tells what will be done").isEqualTo(seen);
      assertSumsAreThoseOfTheRows();
      for (Exchange exchange : rows(day)) {
        if (exchange.organization().equals(organization)
            && Rerating.of(exchange, prices.get()) instanceof Rerated.Again again) {
          assertThat(again.differs(exchange)).isFalse();
        }
      }
      DayRepricing second = repricing.reprice(organization, day, true);
      assertThat(second.different()).isZero();
      assertThat(second.models())
          .allSatisfy(model -> {
            assertThat(model.beforeNanoUsd()).isEqualTo(model.afterNanoUsd());
            assertThat(model.unpricedBefore()).isEqualTo(model.unpricedAfter());
          });
    }
  }

  @Test
  void look_changesNothing() {
    fixture.append(history(40));
    List<Exchange> before = rows(TODAY);
    prices.set(book("2"));
    assertThat(repricing.reprice(OrganizationId.FIRST, TODAY, false).different()).isPositive();
    assertThat(rows(TODAY)).isEqualTo(before);
  }

  @Test
  void otherOrganizationsAndEverythingButTheCharge_stay() {
    fixture.append(history(60));
    List<Exchange> before = rows(TODAY);
    prices.set(book("2"));
    repricing.reprice(OrganizationId.FIRST, TODAY, true);
    List<Exchange> after = rows(TODAY);
    int changed = 0;
    for (int i = 0; i < before.size(); i++) {
      Exchange was = before.get(i);
      Exchange is = after.get(i);
      assertThat(charged(was, is.charge())).isEqualTo(is);
      if (was.organization().equals(OTHER)) {
        assertThat(is).isEqualTo(was);
      }
      changed += is.equals(was) ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }

  @Test
  void sums_areOfTheDayAskedForByModel() {
    Exchange one = priced(exchanges.next(), OrganizationId.FIRST);
    Exchange unpriced = charged(priced(exchanges.next(), OrganizationId.FIRST), Charge.UNPRICED);
    fixture.append(List.of(one, unpriced));
    prices.set(book("2"));
    DayRepricing found = repricing.reprice(OrganizationId.FIRST, TODAY, true);
    assertThat(found.models())
        .singleElement()
        .satisfies(model -> {
          assertThat(model.provider()).isEqualTo("simulated");
          assertThat(model.model()).isEqualTo("simulated-fast");
          assertThat(model.calls()).isEqualTo(2);
          assertThat(model.different()).isEqualTo(2);
          assertThat(model.beforeNanoUsd()).isEqualTo(one.charge().nanoUsd());
          assertThat(model.afterNanoUsd())
              .isEqualTo(rows(TODAY).stream().mapToLong(e -> e.charge().nanoUsd()).sum());
          assertThat(model.unpricedBefore()).isEqualTo(1);
          assertThat(model.unpricedAfter()).isZero();
        });
    assertThat(repricing.reprice(OrganizationId.FIRST, TODAY.plusDays(9), true).calls()).isZero();
  }

  @Test
  void dayWithoutRows_keepsItsSums() {
    fixture.append(history(30));
    clock.advance(Duration.ofDays(1));
    fixture.append(history(30));
    assertThat(fixture.days.dropRows(TODAY)).isTrue();
    Map<Group, Sum> before = sums(TODAY);
    prices.set(book("2"));
    assertThat(repricing.days())
        .containsExactly(new LogDay(TODAY, false), new LogDay(TODAY.plusDays(1), true));
    assertThat(repricing.reprice(OrganizationId.FIRST, TODAY, true).calls()).isZero();
    assertThat(sums(TODAY)).isEqualTo(before);
  }

  @Test
  void sumsThatNameNoDeployment_areCorrectedToo_andExpiredOnesStayAway() {
    fixture.append(List.of(priced(exchanges.next(), OrganizationId.FIRST)));
    change("UPDATE exchange_hours SET deployment = ''");
    prices.set(book("2"));
    repricing.reprice(OrganizationId.FIRST, TODAY, true);
    long charged = rows(TODAY).getFirst().charge().nanoUsd();
    assertThat(sums(TODAY).values()).containsExactly(new Sum(0, charged));

    change("DELETE FROM exchange_hours");
    prices.set(book("3"));
    assertThat(repricing.reprice(OrganizationId.FIRST, TODAY, true).different()).isEqualTo(1);
    assertThat(sums(TODAY)).isEmpty();
  }

  @Test
  void failureInTheMiddle_leavesWholeSteps() {
    fixture.append(history(40));
    change(
        "CREATE TRIGGER planted BEFORE UPDATE ON exchanges WHEN NEW.id = "
            + firstPriced().id().value()
            + " BEGIN SELECT RAISE(ABORT, 'planted'); END");
    prices.set(book("2"));
    assertThatThrownBy(() -> repricing.reprice(OrganizationId.FIRST, TODAY, true))
        .hasMessageContaining("planted");
    assertSumsAreThoseOfTheRows();
    change("DROP TRIGGER planted");
    assertThat(repricing.reprice(OrganizationId.FIRST, TODAY, true).different()).isPositive();
    assertSumsAreThoseOfTheRows();
  }

  /** In the later half, so that there are steps before it. */
  private Exchange firstPriced() {
    List<Exchange> rows = rows(TODAY);
    return rows.subList(rows.size() / 2, rows.size()).stream()
        .filter(e -> e.organization().equals(OrganizationId.FIRST))
        .filter(e -> Rerating.of(e, book("2")) instanceof Rerated.Again again && again.differs(e))
        .findFirst()
        .orElseThrow();
  }

  private List<Exchange> history(int count) {
    List<Exchange> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      OrganizationId organization = random.nextInt(3) == 0 ? OTHER : OrganizationId.FIRST;
      Exchange next = random.nextInt(4) == 0 ? exchanges.random() : exchanges.next();
      made.add(random.nextInt(3) == 0 ? next : priced(next, organization));
      clock.advance(Duration.ofSeconds(random.nextInt(60)));
    }
    return made;
  }

  /** As the gateway would have charged it with the prices of now, or without any. */
  private Exchange priced(Exchange exchange, OrganizationId organization) {
    Exchange placed =
        new Exchange(
            exchange.id(),
            organization,
            exchange.key(),
            exchange.operation(),
            exchange.requestedModel(),
            "simulated-fast",
            "simulated",
            exchange.deployment(),
            exchange.status(),
            exchange.outcome(),
            exchange.error(),
            exchange.usage(),
            exchange.usageSource(),
            Charge.UNPRICED,
            exchange.latencyMillis(),
            exchange.ttftMillis(),
            exchange.stream(),
            exchange.requestBytes(),
            exchange.responseBytes(),
            exchange.sessionId(),
            exchange.providerRequestId(),
            USUAL);
    return random.nextInt(5) == 0 && organization.equals(OTHER)
        ? placed
        : charged(placed, ((Rerated.Again) Rerating.of(placed, prices.get())).charge());
  }

  private static Exchange charged(Exchange exchange, Charge charge) {
    return Recharged.with(
        exchange,
        exchange.provider(),
        exchange.resolvedModel(),
        exchange.usage(),
        charge,
        exchange.trail());
  }

  private static PriceBook book(String factor) {
    return PriceBook.shipped(
        List.of(
            new PriceOverride(
                Provider.SIMULATED,
                "simulated-fast",
                LocalDate.EPOCH,
                Optional.empty(),
                new BigDecimal(factor))));
  }

  private void assertSumsAreThoseOfTheRows() {
    for (LocalDate day : fixture.days.days()) {
      Map<Group, Sum> expected = new HashMap<>();
      for (Exchange e : rows(day)) {
        long hour = e.startedAtMillis() - e.startedAtMillis() % 3_600_000;
        expected.merge(
            new Group(
                hour, e.organization(), e.key(), e.provider(), e.deployment(), e.resolvedModel()),
            new Sum(e.charge().unpriced() ? 1 : 0, Math.min(e.charge().nanoUsd(), MOST_NANO_USD)),
            Sum::plus);
      }
      assertThat(sums(day)).isEqualTo(expected);
    }
  }

  private Map<Group, Sum> sums(LocalDate day) {
    Map<Group, Sum> sums = new HashMap<>();
    for (ExchangeHour hour : fixture.days.withFile(day, file -> file.read(ExchangeHours::all))) {
      sums.put(
          new Group(
              hour.hourMillis(),
              hour.organization(),
              hour.key(),
              hour.provider(),
              hour.deployment(),
              hour.resolvedModel()),
          new Sum(hour.counts().unpriced(), hour.chargeNanoUsd()));
    }
    return sums;
  }

  private List<Exchange> rows(LocalDate day) {
    return fixture.days.withFile(
        day,
        file ->
            file.read(sql ->
                sql.list(
                    "SELECT " + ExchangeTable.COLUMNS + " FROM exchanges ORDER BY id",
                    ExchangeTable::read)));
  }

  private void change(String sql) {
    fixture.days.withFile(
        TODAY,
        file ->
            file.write(each -> {
              each.script(sql);
              return true;
            }));
  }
}
