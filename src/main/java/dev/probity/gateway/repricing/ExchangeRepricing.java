package dev.probity.gateway.repricing;

import dev.probity.kernel.OrganizationId;
import java.time.LocalDate;
import java.util.List;

/** Charges what is in the request log again, with the prices in force now. */
public interface ExchangeRepricing {
  /** The days of the log, oldest first. */
  List<LogDay> days();

  /**
   * Charges one day's exchanges of one organization again. What came out differently replaces row
   * and sums together, if that is asked for; a second time then finds nothing. Meanwhile others
   * read and write the log.
   *
   * @param day in UTC
   * @param apply false: only to see what would change
   */
  DayRepricing reprice(OrganizationId organization, LocalDate day, boolean apply);

  /**
   * A day of the log, in UTC.
   *
   * @param keepsExchanges false: they have expired, and only their sums are left
   */
  record LogDay(LocalDate day, boolean keepsExchanges) {}

  /**
   * What charging a day again came to.
   *
   * @param kept exchanges that keep their charge, as it can't be made again from what is on record
   */
  record DayRepricing(LocalDate day, long kept, List<ModelRepricing> models) {
    public long calls() {
      return models.stream().mapToLong(ModelRepricing::calls).sum();
    }

    public long different() {
      return models.stream().mapToLong(ModelRepricing::different).sum();
    }
  }

  /**
   * The same for one model at one provider.
   *
   * @param calls how many were charged again
   * @param different of how many the charge came out differently
   * @param unpricedBefore how many had no known price
   */
  record ModelRepricing(
      String provider,
      String model,
      long calls,
      long different,
      long beforeNanoUsd,
      long afterNanoUsd,
      long unpricedBefore,
      long unpricedAfter) {}
}
