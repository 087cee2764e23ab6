/// The history: what changed, as [Effect]s in the order of execution, and the [Log] they go to.
///
/// [Wal] is the log on disk. From the bottom up: [Stream] is the bytes as appenders see them,
/// behind them [Segment]s, which are mapped files; [FrameOutput] writes frames there and
/// [EffectCodec] what is in them; [WalAppender] is a transaction's hand on it. [Room] is what may
/// be claimed, [Supply] keeps it filled, [Durability] syncs; the two take turns in [WalWriter], the
/// log's one thread. The way back is [StreamInput], [FrameInput], [WalReader]; [WalStart] is where
/// reading ends and writing begins.
///
/// Invariants: what is claimed is allocated; what is durable is complete, what is complete is
/// claimed; a frame counts only if everything before it does.
///
/// Format: docs/formats/wal.md. Decision: docs/adr/0008-the-history-is-a-mapped-file.md.
@NullMarked
package io.karst.history;

import org.jspecify.annotations.NullMarked;
