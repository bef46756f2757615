package dev.probity.gateway.json;

import java.util.Arrays;

/** The objects and arrays that are open, and which watched members each object has named. */
final class JsonNesting {
  private static final int FIRST_LEVELS = 16;

  private final int maxDepth;
  private int depth;
  private int container;
  private boolean inObject;
  private int[] containers = new int[FIRST_LEVELS];
  private boolean[] objects = new boolean[FIRST_LEVELS];
  private long[] named = new long[FIRST_LEVELS];

  JsonNesting(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  void reset() {
    depth = 0;
    container = JsonPaths.NOTHING;
    inObject = false;
  }

  int maxDepth() {
    return maxDepth;
  }

  boolean isFull() {
    return depth == maxDepth;
  }

  boolean isOutermost() {
    return depth == 0;
  }

  /** What is watched of the innermost object or array. */
  int container() {
    return container;
  }

  boolean inObject() {
    return inObject;
  }

  void open(int index, boolean object) {
    if (depth == containers.length) {
      int grown = Math.min(maxDepth, depth * 2);
      containers = Arrays.copyOf(containers, grown);
      objects = Arrays.copyOf(objects, grown);
      named = Arrays.copyOf(named, grown);
    }
    containers[depth] = container;
    objects[depth] = inObject;
    named[depth] = 0;
    depth++;
    container = index;
    inObject = object;
  }

  void close() {
    depth--;
    container = containers[depth];
    inObject = objects[depth];
  }

  /** Notes that the innermost object names a member; whether it had done so before. */
  boolean nameAgain(int ordinal) {
    long bit = 1L << ordinal;
    long before = named[depth - 1];
    named[depth - 1] = before | bit;
    return (before & bit) != 0;
  }
}
