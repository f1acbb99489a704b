import { Component, OnInit, inject, signal } from "@angular/core";
import type { InternalGroup, InternalPhone } from "omicall-call-center";
import { CallCenterService } from "./call-center.service";

@Component({
  selector: "app-phones",
  template: `
    <ul id="phones" [attr.data-done]="phones() && ''">
      @for (phone of phones(); track phone.sip_user) {
        <li>{{ phone.sip_user }} {{ phone.full_name }}</li>
      }
    </ul>
    <button id="create" [disabled]="!phones()" (click)="create()">Create a group</button>
    <ul id="groups">
      @for (group of groups(); track group._id) {
        <li>{{ group.group_name }}</li>
      }
    </ul>
    <p id="problem" role="alert">{{ problem() }}</p>
  `,
})
export class PhonesComponent implements OnInit {
  private readonly service = inject(CallCenterService);
  protected readonly phones = signal<InternalPhone[] | undefined>(undefined);
  protected readonly groups = signal<InternalGroup[]>([]);
  protected readonly problem = signal("");

  ngOnInit(): void {
    this.attempt(async () => this.phones.set(await (await this.service.open()).phones.iterate().toArray()));
  }

  /** The first change loads the checks, and nothing is sent that has an error. */
  protected create(): void {
    this.attempt(async () => {
      const callCenter = await this.service.open();
      const group = await callCenter.groups.create({ group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 });
      this.groups.update((groups) => [...groups, group]);
    });
  }

  private attempt(work: () => Promise<void>): void {
    work().catch(({ message }) => this.problem.set(message));
  }
}
