package dev.probity.web.sessions;

import dev.probity.http.Parameters;
import dev.probity.web.QueryString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An address of this installation that can be shared: everything that is chosen stands in it.
 *
 * @param parameters by name, in order; none is blank
 */
public record Link(String path, Map<String, String> parameters) {
  public static Link to(String path) {
    return new Link(path, Map.of());
  }

  /** With those of the given parameters that a request has. */
  public Link keeping(Parameters query, Collection<String> names) {
    Link link = this;
    for (String name : names) {
      link = link.with(name, query.text(name).orElse(""));
    }
    return link;
  }

  /** With one parameter set; a blank value takes it away. */
  public Link with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    if (value.isBlank()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Link(path, changed);
  }

  public Link with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** The same parameters at another path. */
  public Link at(String otherPath) {
    return new Link(otherPath, parameters);
  }

  @Override
  public String toString() {
    QueryString query = new QueryString();
    parameters.forEach(query::and);
    return path + query;
  }
}
