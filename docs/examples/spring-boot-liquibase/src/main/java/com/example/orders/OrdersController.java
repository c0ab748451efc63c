// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the column {@code total}, which a database without the second migration lacks. */
@RestController
class OrdersController {

  private final JdbcClient database;

  OrdersController(JdbcClient database) {
    this.database = database;
  }

  @GetMapping("/orders")
  List<Map<String, Object>> orders() {
    return database.sql("SELECT id, note, total FROM orders ORDER BY id").query().listOfRows();
  }
}
