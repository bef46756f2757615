package dev.probity.clients;

import java.util.List;
import java.util.Map;

/**
 * How a program is called.
 *
 * @param environment on top of an almost empty one
 * @param command the program and its arguments
 */
record Invocation(Map<String, String> environment, List<String> command) {}
