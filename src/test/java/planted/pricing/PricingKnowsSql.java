package planted.pricing;

import java.sql.Connection;

/** SQL outside storage. */
public record PricingKnowsSql(Connection connection) {}
