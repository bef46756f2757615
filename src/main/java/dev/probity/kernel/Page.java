package dev.probity.kernel;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list, newest first.
 *
 * @param next the cursor of the following page; empty on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {}
