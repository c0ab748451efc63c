// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Turns a refused start into Spring Boot's failure report, with every database that was refused. It
 * runs before Spring Boot's own analyzers, which would report one of its causes.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SchemaGuardFailureAnalyzer
    extends AbstractFailureAnalyzer<SchemaGuardStartupException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SchemaGuardStartupException failure) {
    Throwable first = failure.getCause();
    String others =
        (first == null ? Stream.<Throwable>empty() : Arrays.stream(first.getSuppressed()))
            .map(SchemaGuardFailureAnalyzer::text)
            .map(text -> "\n\n" + text)
            .collect(Collectors.joining());
    return new FailureAnalysis(failure.description() + others, failure.action(), failure);
  }

  private static String text(Throwable other) {
    if (other instanceof IncompatibleSchemaException refusal) {
      return refusal.text();
    }
    return other instanceof ConfigurationException error ? error.text() : other.toString();
  }
}
