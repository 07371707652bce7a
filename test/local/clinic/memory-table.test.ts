import { describe } from 'vitest';
import { memoryTable } from '../../../local/clinic/memory-table.ts';
import { concurrencyContract } from '../../contracts/table-concurrency.ts';
import { modelContract } from '../../contracts/table-model.ts';
import { queryContract } from '../../contracts/table-queries.ts';
import { requestContract } from '../../contracts/table-requests.ts';
import { counterIds } from '../../contracts/table-rows.ts';
import { writeContract } from '../../contracts/table-writes.ts';

describe('The table in memory', () => {
  const table = memoryTable({ newId: counterIds() });
  const open = () => table;
  writeContract(open);
  queryContract(open);
  requestContract(open);
  concurrencyContract(open);
  modelContract(open, 200);
});
