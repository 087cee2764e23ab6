/// Commands that make several others one.
@NullMarked
package io.karst.server.operations.transactions;

import org.jspecify.annotations.NullMarked;
