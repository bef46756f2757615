package dev.probity.server;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.GatewayMetrics;
import dev.probity.identity.KeyRecord;
import dev.probity.identity.Organization;
import dev.probity.privacy.DataMap;
import dev.probity.storage.SchemaMigration;
import dev.probity.storage.SqliteSchema;
import dev.probity.storage.events.DayKey;
import dev.probity.storage.events.ExchangeHour;
import dev.probity.storage.events.JournalPosition;
import dev.probity.storage.telemetry.StoredFields;
import dev.probity.telemetry.intake.IntakeMetrics;
import java.util.List;
import java.util.stream.Stream;

/** Every record whose fields are stored. A test finds those that are missing here. */
public final class StoredRecords {
  static final List<Class<?>> ALL =
      Stream.concat(
              StoredFields.ALL.stream(),
              Stream.<Class<?>>of(
                  Exchange.class,
                  ExchangeHour.class,
                  JournalPosition.class,
                  GatewayMetrics.Labels.class,
                  IntakeMetrics.Labels.class,
                  KeyRecord.class,
                  Organization.class,
                  DayKey.class,
                  SchemaMigration.class,
                  SqliteSchema.class))
          .toList();

  private StoredRecords() {}

  public static DataMap dataMap() {
    return DataMap.of(ALL);
  }
}
