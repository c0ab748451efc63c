// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import dev.schemaguard.testing.TestDatabase;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

/** Contexts of an application that bundles neither matrix nor chain. */
final class Hidden {

  private Hidden() {}

  static ApplicationContextRunner with(TestDatabase database) {
    return Contexts.with(database)
        .withClassLoader(
            new FilteredClassLoader(
                new ClassPathResource("schema-guard/compatibility.md"),
                new ClassPathResource("schema-guard/revisions.txt")));
  }
}
