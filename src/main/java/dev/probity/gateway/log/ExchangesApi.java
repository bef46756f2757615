package dev.probity.gateway.log;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Page;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/exchanges}: the request log. */
public final class ExchangesApi {
  private static final int LONGEST_LIST = 1_000;
  private static final int USUAL_LIST = 50;

  private final ExchangeQuery exchanges;

  public ExchangesApi(ExchangeQuery exchanges) {
    this.exchanges = exchanges;
  }

  public Answer list(Call call) {
    Parameters query =
        call.query("limit", "cursor", "model", "key", "outcome", "session", "from", "to", "format");
    boolean asCsv = Csv.wanted(call, query);
    Page<Exchange> page =
        exchanges.list(
            call.caller().organization(),
            ExchangeFilter.read(query),
            query.number("limit", 1, LONGEST_LIST, USUAL_LIST),
            query.text("cursor"));
    if (asCsv) {
      Csv csv = new Csv(ExchangeJson.CSV_HEADER);
      page.items().forEach(exchange -> csv.row(ExchangeJson.row(exchange)));
      Answer answer = Answer.csv("exchanges.csv", csv.toString());
      return page.next().map(next -> answer.with("x-probity-next", next)).orElse(answer);
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    page.items().forEach(exchange -> items.add(ExchangeJson.of(exchange)));
    return Answer.json(root.put("next", page.next().orElse(null)));
  }

  public Answer find(Call call) {
    return ExchangeId.parse(call.pathParameter("id"))
        .flatMap(id -> exchanges.find(call.caller().organization(), id))
        .map(exchange -> Answer.json(explained(exchange)))
        .orElseThrow(() ->
            RefusedException.notFound(
                "exchange_not_found",
                "There is no exchange with this id, or its time in the log is over."));
  }

  private static ObjectNode explained(Exchange exchange) {
    ObjectNode json = ExchangeJson.of(exchange);
    ArrayNode explanation = json.putArray("explanation");
    Explanation.of(exchange).forEach(explanation::add);
    return json;
  }
}
