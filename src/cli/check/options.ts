import type { ReportFormat } from '../../report';
import type { PolicyOptions } from '../policy-options';

export interface CheckOptions extends PolicyOptions {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}
