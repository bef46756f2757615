package planted.ledger;

import io.helidon.webserver.http.ServerRequest;

/** The HTTP library in a feature. */
public record LedgerKnowsHelidon(ServerRequest request) {}
