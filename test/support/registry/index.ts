export type { AuthMode } from './auth';
export { faults, type Fault } from './faults';
export { descriptorOf, dockerTypes, image, index, ociTypes, stored, storedJson, type BuiltImage, type ImageRecipe, type Stored } from './images';
export { startRegistry, type Arrived, type TestRegistry, type TestRegistryOptions } from './registry';
