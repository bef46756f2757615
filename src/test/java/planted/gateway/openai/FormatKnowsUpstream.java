package planted.gateway.openai;

import planted.gateway.upstream.Upstream;

/** A client format that knows whom it goes to, and half of a cycle. */
public record FormatKnowsUpstream(Upstream upstream) {}
