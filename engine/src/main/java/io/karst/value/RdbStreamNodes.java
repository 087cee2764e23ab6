package io.karst.value;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Packs the entries of a stream into nodes of up to a hundred entries and some four kilobytes, as
/// Redis does by default. See [StreamNodeReader] for what a node is made of.
final class RdbStreamNodes {
  static final int ENTRIES_MAX = 100;
  static final int SIZE_MAX = 4 << 10;

  private final RdbWriter nodes = new RdbWriter(256);
  private final boolean compresses;
  private long count;

  // ---- the node to come ----

  private final ListpackWriter head = new ListpackWriter(256);
  private final ListpackWriter fields = new ListpackWriter(256);
  private final ListpackWriter entries = new ListpackWriter(SIZE_MAX);
  private final List<Bytes> headFields = new ArrayList<>();
  private StreamId base = StreamId.ZERO;
  private long entryCount;

  RdbStreamNodes(boolean compresses) {
    this.compresses = compresses;
  }

  void entry(StreamId id, List<Bytes> pairs) {
    if (entryCount == ENTRIES_MAX || entries.size() > SIZE_MAX) {
      endNode();
    }
    if (entryCount == 0) {
      begin(id, pairs);
    }
    boolean same = hasHeadFields(pairs);
    long first = entries.count();
    entries.append(same ? StreamNodeReader.SAME_FIELDS : 0);
    entries.append(id.millis() - base.millis());
    entries.append(id.sequence() - base.sequence());
    if (!same) {
      entries.append(pairs.size() >>> 1);
    }
    for (int i = same ? 1 : 0; i < pairs.size(); i += same ? 2 : 1) {
      entries.append(pairs.get(i));
    }
    entries.append(entries.count() - first);
    entryCount++;
  }

  void node(StreamId nodeBase, Bytes listpack) {
    endNode();
    write(nodeBase, listpack);
  }

  /// Writes all nodes. This is of no more use then.
  void end(RdbWriter out) {
    endNode();
    out.writeLength(count);
    out.writeBytes(nodes.bytes());
  }

  private void begin(StreamId id, List<Bytes> pairs) {
    base = id;
    headFields.clear();
    fields.append(pairs.size() >>> 1);
    for (int i = 0; i < pairs.size(); i += 2) {
      fields.append(pairs.get(i));
      headFields.add(pairs.get(i).copy());
    }
    fields.append(0); // The end of the head.
  }

  private boolean hasHeadFields(List<Bytes> pairs) {
    boolean same = pairs.size() == 2 * headFields.size();
    for (int i = 0; same && i < headFields.size(); i++) {
      same = pairs.get(2 * i).equals(headFields.get(i));
    }
    return same;
  }

  private void endNode() {
    if (entryCount > 0) {
      head.append(entryCount);
      head.append(0); // None is deleted.
      head.appendAll(fields);
      head.appendAll(entries);
      write(base, head.end());
      head.clear();
      fields.clear();
      entries.clear();
      entryCount = 0;
    }
  }

  private void write(StreamId nodeBase, Bytes listpack) {
    nodes.writeLength(2 * Long.BYTES);
    RdbStreamWriter.rawId(nodes, nodeBase);
    if (compresses) {
      RdbStringCodec.write(nodes, listpack);
    } else {
      RdbStringCodec.writePlain(nodes, listpack);
    }
    count++;
  }
}
