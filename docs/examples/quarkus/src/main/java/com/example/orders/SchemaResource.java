// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The status as JSON, without host, user, schema, and texts that may name them. */
@Path("/schema")
class SchemaResource {

  @Inject SchemaGuard guard;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String status() {
    return guard.status().redacted().toJson();
  }
}
