import { LocatedObject } from './read-pod';
import { get, isPlainObject, JsonObject, pointer } from '../shape/json';

/** Where a walk stands: the segments that lead there, and the object or list that holds each of them. */
interface Trail {
  readonly base: string;
  readonly path: readonly (string | number)[];
  readonly parents: readonly unknown[];
}

/**
 * The specs around a container-shaped object, the nearest first: a Workflow hands its `securityContext` down to its templates.
 *
 * @param withParent whether the object right around it is one too, whatever it is called
 */
export function* enclosing(trail: Trail, withParent: boolean): Generator<LocatedObject, void, undefined> {
  const { base, path, parents } = trail;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const object = parents[depth];
    const isSpec = depth > 0 && /^spec$|Spec$/.test(String(path[depth - 1]));
    if (!isPlainObject(object) || !(isSpec || (withParent && depth === path.length - 1))) continue;
    const place = pointer(base, ...path.slice(0, depth));
    yield* ofTaskRuns(object, place, pipelineTask(trail, depth));
    // Argo Workflows: what each template takes where it says nothing itself.
    const defaults = get(object, 'templateDefaults');
    if (isPlainObject(defaults) && path[depth] !== 'templateDefaults') {
      yield { object: defaults, pointer: `${place}/templateDefaults`, isMerged: true };
    }
    yield { object, pointer: place };
    // Tekton: of a TaskRun, and of a PipelineRun.
    yield* child(object, place, 'podTemplate');
    const { taskRunTemplate } = object;
    if (isPlainObject(taskRunTemplate)) yield* child(taskRunTemplate, `${place}/taskRunTemplate`, 'podTemplate');
  }
}

/**
 * What a PipelineRun of Tekton says of the pod of one task. It wins over what is said of all tasks, and the last of several wins.
 * Source: `PipelineRun.GetTaskRunSpec` of tektoncd/pipeline; in v1beta1 the field is `taskPodTemplate`.
 */
function* ofTaskRuns(spec: JsonObject, place: string, task: unknown): Generator<LocatedObject, void, undefined> {
  const { taskRunSpecs } = spec;
  if (typeof task !== 'string' || !Array.isArray(taskRunSpecs)) return;
  for (let index = taskRunSpecs.length - 1; index >= 0; index--) {
    const own: unknown = taskRunSpecs[index];
    if (!isPlainObject(own) || own.pipelineTaskName !== task) continue;
    for (const key of ['podTemplate', 'taskPodTemplate']) yield* child(own, `${place}/taskRunSpecs/${index}`, key);
  }
}

/** The name of the task of a pipeline in which the trail ends. */
function pipelineTask({ path, parents }: Trail, from: number): unknown {
  const index = path.indexOf('taskSpec', from);
  const task = index < 0 ? undefined : parents[index];
  return isPlainObject(task) ? task.name : undefined;
}

function* child(object: JsonObject, place: string, key: string): Generator<LocatedObject, void, undefined> {
  const value = object[key];
  if (isPlainObject(value)) yield { object: value, pointer: `${place}/${key}` };
}
