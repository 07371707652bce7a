import type { Block } from './definition.ts';
import { compileExpression } from './expression.ts';
import { numberField, objectAt, refuse, refuseUncovered, type Source, templateField } from './load-fields.ts';
import type { LoadBlock } from './load-state.ts';
import { expressionText } from './template.ts';

const loadItems = (source: Source) => {
  const value = source.object.Items;
  const text = expressionText(value);
  if (value !== undefined && text === undefined && typeof value !== 'object')
    refuse('Expected a JSONata expression, an Array or an Object', `${source.location}/Items`);
  const items = templateField(source, 'Items', {});
  return { items, itemsExpression: text === undefined ? undefined : compileExpression(text) };
};

const loadProcessor = (source: Source, loadBlock: LoadBlock): Block => {
  const location = `${source.location}/ItemProcessor`;
  const processor = objectAt(source.object.ItemProcessor, location);
  if (processor.QueryLanguage !== undefined) refuse("Field 'QueryLanguage' is not supported", location);
  const config =
    processor.ProcessorConfig === undefined ? {} : objectAt(processor.ProcessorConfig, `${location}/ProcessorConfig`);
  if (config.Mode !== undefined && config.Mode !== 'INLINE')
    refuseUncovered(`the Map mode '${String(config.Mode)}'`, `${location}/ProcessorConfig/Mode`);
  return loadBlock(processor, location);
};

/** The fields that only a Map has. */
export const loadMap = (source: Source, loadBlock: LoadBlock) => ({
  ...loadItems(source),
  itemSelector: templateField(source, 'ItemSelector', {}),
  processor: loadProcessor(source, loadBlock),
  maxConcurrency: numberField(source, 'MaxConcurrency', { from: 0 }),
  toleratedCount: numberField(source, 'ToleratedFailureCount', { from: 0 }),
  toleratedPercentage: numberField(source, 'ToleratedFailurePercentage', { from: 0, to: 100, whole: false }),
});
