package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one day's part of a batch: the rows, their sums and the journal's position, in one
 * transaction. What the file has already, by position, is left out; of a day whose rows have
 * expired only the sums are kept.
 */
final class ExchangeWriter {
  private static final System.Logger LOG = System.getLogger(ExchangeWriter.class.getName());

  private ExchangeWriter() {}

  /**
   * @param batch in the order of the journal
   * @return what is new in the file
   */
  static List<Exchange> write(DayFile file, List<PlacedExchange> batch) {
    return file.write(sql -> {
      long position = DayFile.position(sql);
      if (batch.getLast().position() <= position) {
        return List.of();
      }
      List<Exchange> written = insert(file, sql, newerThan(position, batch));
      addUp(sql, written);
      DayFile.position(sql, batch.getLast().position());
      return written;
    });
  }

  private static List<Exchange> newerThan(long position, List<PlacedExchange> batch) {
    List<Exchange> newer = new ArrayList<>(batch.size());
    for (PlacedExchange placed : batch) {
      if (placed.position() > position) {
        newer.add(placed.exchange());
      }
    }
    return newer;
  }

  private static List<Exchange> insert(DayFile file, Sql sql, List<Exchange> exchanges) {
    if (!file.keepsRows()) {
      return exchanges;
    }
    List<Exchange> inserted = new ArrayList<>(exchanges.size());
    PreparedStatement insert = sql.kept(ExchangeTable.INSERT);
    try {
      for (Exchange exchange : exchanges) {
        ExchangeTable.bind(exchange, insert);
        if (insert.executeUpdate() == 1) {
          inserted.add(exchange);
        }
      }
    } catch (SQLException e) {
      throw new StorageException(file.file() + " cannot be written: " + e.getMessage(), e);
    }
    if (inserted.size() < exchanges.size()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} exchanges were left out because their ids are taken; did the clock step back?",
          exchanges.size() - inserted.size());
    }
    return inserted;
  }

  private static void addUp(Sql sql, List<Exchange> exchanges) {
    HourSums sums = new HourSums();
    exchanges.forEach(sums::add);
    sums.hours().forEach(hour -> ExchangeHours.add(sql, hour));
  }
}
