package dev.probity.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says where a record's {@link DataField}s are stored: {@code control.keys}, {@code
 * events.exchanges}, {@code journal.exchange}, {@code metrics}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoredIn {
  String[] value();
}
