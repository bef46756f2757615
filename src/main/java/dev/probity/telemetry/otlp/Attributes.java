package dev.probity.telemetry.otlp;

import java.util.List;
import java.util.function.Consumer;

/**
 * The attributes of a resource, a record or a data point that are on the list. A view that is used
 * again for the next record: keep values, never the view. A value that is missing, empty or null is
 * absent; of duplicates the last one counts.
 */
public interface Attributes {
  boolean has(Attribute attribute);

  /** The value as text, numbers and booleans written out; empty if it is absent. */
  String text(Attribute attribute);

  /** The value as a whole number, read from text if need be; the other if it is not one. */
  long number(Attribute attribute, long otherwise);

  /** The value as a number, read from text if need be; the other if it is not one. */
  double decimal(Attribute attribute, double otherwise);

  /** Whether the value is true, as a boolean or as text. */
  boolean isTrue(Attribute attribute);

  /** The elements of a list that are text; empty if it is none. */
  List<String> texts(Attribute attribute);

  /** Calls with each attribute that is here, in the order of the wire. */
  void forEach(Consumer<Attribute> consumer);

  /** Attributes that are not on the list, or not to be kept: how many were skipped. */
  int dropped();

  /** Attributes among them that are known to carry content. */
  int droppedContent();
}
