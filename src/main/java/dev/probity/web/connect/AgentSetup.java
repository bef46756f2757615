package dev.probity.web.connect;

import dev.probity.web.connect.Snippet.Block;
import java.util.List;

/**
 * How one agent is told to report here.
 *
 * @param id as the URL says it
 * @param hint what to know before
 * @param blocks with HTTP, which every network lets through
 * @param grpc the same with gRPC; empty where the agent can't
 * @param more what else can be switched on; empty if nothing
 */
public record AgentSetup(
    String id, String title, String hint, List<Block> blocks, List<Block> grpc, List<Block> more) {}
