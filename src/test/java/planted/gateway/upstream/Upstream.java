package planted.gateway.upstream;

import planted.gateway.openai.FormatKnowsUpstream;

/** The other half of a cycle. */
public record Upstream(FormatKnowsUpstream format) {}
