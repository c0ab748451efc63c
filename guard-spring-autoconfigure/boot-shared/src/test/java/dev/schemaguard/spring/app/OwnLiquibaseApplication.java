// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application that makes its migrator itself. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class OwnLiquibaseApplication {

  public static void main(String[] args) {
    SpringApplication.run(OwnLiquibaseApplication.class, args);
  }

  @Bean
  SpringLiquibase ownLiquibase(DataSource dataSource) {
    SpringLiquibase liquibase = new SpringLiquibase();
    liquibase.setDataSource(dataSource);
    liquibase.setChangeLog("classpath:db/changelog/db.changelog-master.yaml");
    return liquibase;
  }
}
