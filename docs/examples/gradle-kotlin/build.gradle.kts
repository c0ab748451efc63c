// SPDX-License-Identifier: Apache-2.0
plugins {
    java
    application
}

group = "com.example"
version = "1.0.0"

repositories {
    mavenCentral()
    mavenLocal() // until Schema Guard is published
}

// The command line, one executable jar, which is not part of the application.
val schemaGuard = configurations.create("schemaGuard")

dependencies {
    implementation("dev.schemaguard:guard-core:0.1.0-SNAPSHOT")
    implementation("com.zaxxer:HikariCP:7.1.0")
    implementation("org.flywaydb:flyway-core:11.20.3")
    runtimeOnly("com.h2database:h2:2.4.240")
    testImplementation("dev.schemaguard:guard-build:0.1.0-SNAPSHOT")
    testImplementation("org.junit.jupiter:junit-jupiter:6.1.3")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher:6.1.3")
    schemaGuard("dev.schemaguard:guard-cli:0.1.0-SNAPSHOT:cli@jar")
}

application {
    mainClass.set("com.example.orders.Orders")
}

tasks.withType<JavaCompile>().configureEach {
    options.release.set(17)
}

// Contains SchemaGuardFilesTest, which keeps schema-guard/revisions.txt up to date.
tasks.test {
    useJUnitPlatform()
}

tasks.jar {
    // The command line reads the application's version from the jar.
    manifest {
        attributes("Implementation-Version" to project.version)
    }
}

// SCHEMA_GUARD_URL, SCHEMA_GUARD_USER and SCHEMA_GUARD_PASSWORD name the database.
tasks.register<JavaExec>("preflight") {
    group = "verification"
    description = "Checks whether it is safe to migrate the database and then run this version."
    dependsOn(tasks.jar)
    classpath = schemaGuard
    mainClass.set("dev.schemaguard.cli.Main")
    args("preflight", "--app", tasks.jar.get().archiveFile.get().asFile.path)
}
