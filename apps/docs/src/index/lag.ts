import { Injectable } from '@nestjs/common';
import { Metrics } from '@parvis/server/metrics';
import { Indexer } from './indexer.ts';

/** Shows how far the index is behind the log. */
@Injectable()
export class Lag {
  constructor(indexer: Indexer, metrics: Metrics) {
    metrics.watch(
      'parvis_docs_index_waiting',
      'Documents with text or a title that search does not know yet',
      async () => (await indexer.lag()).documents,
    );
    metrics.watch(
      'parvis_docs_index_lag_seconds',
      'Age of the oldest text of a document that search does not know yet',
      async () => (await indexer.lag()).seconds,
    );
  }
}
