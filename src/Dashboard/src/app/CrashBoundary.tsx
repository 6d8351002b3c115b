import { Component, type ReactNode } from 'react';
import { Button } from '../design/Button';
import { text } from '../text/text';

interface CrashState {
  error: Error | null;
}

/** Shows the error of a page that failed to render; the rest of the dashboard keeps working. */
export class CrashBoundary extends Component<{ children: ReactNode }, CrashState> {
  override state: CrashState = { error: null };

  static getDerivedStateFromError(error: Error): CrashState {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <div className="message message-danger" role="alert">
        <h2>{text.problem.crashTitle}</h2>
        <p>{error.message}</p>
        <Button onClick={() => window.location.reload()}>{text.problem.reload}</Button>
      </div>
    );
  }
}
