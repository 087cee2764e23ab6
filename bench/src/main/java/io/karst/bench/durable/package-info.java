/// Karst beside `redis-server` when both keep their data: what durability costs a write, what a
/// checkpoint costs a read, and how long a start takes.
@NullMarked
package io.karst.bench.durable;

import org.jspecify.annotations.NullMarked;
