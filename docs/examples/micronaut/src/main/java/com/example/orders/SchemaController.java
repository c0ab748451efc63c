// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** The status as JSON, without host, user, schema, and texts that may name them. */
@Controller("/schema")
class SchemaController {

  private final SchemaGuard guard;

  SchemaController(SchemaGuard guard) {
    this.guard = guard;
  }

  @Get
  String status() {
    return guard.status().redacted().toJson();
  }
}
