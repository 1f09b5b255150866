class DirectoryController < ApplicationController
  def show
    name = params[:name]
    # ruleid: ruby.web.ldap-injection
    Net::LDAP::Filter.construct("(uid=#{name})")
    # ruleid: ruby.web.ldap-injection
    filter = Net::LDAP::Filter.eq("uid", name)
    # ruleid: ruby.web.ldap-injection
    ldap.search(base: "dc=corp", filter: "(uid=" + name + ")")
    # ok: ruby.web.ldap-injection
    Net::LDAP::Filter.equals("uid", name)
    # ok: ruby.web.ldap-injection
    Net::LDAP::Filter.construct("(uid=#{Net::LDAP::Filter.escape(name)})")
    # ok: ruby.web.ldap-injection
    ldap.search(base: "dc=corp", filter: Net::LDAP::Filter.eq("objectClass", "person"))
    filter
  end

  def node
    # ruleid: ruby.web.xpath-injection
    @document.xpath("//user[@name='#{params[:name]}']")
    # ruleid: ruby.web.xpath-injection
    @document.at_xpath("//user[@name='" + params[:name] + "']")
    # ok: ruby.web.xpath-injection
    @document.xpath("//user[@name=$name]", nil, name: params[:name])
    # ok: ruby.web.xpath-injection
    @document.xpath("//user[#{params[:number].to_i}]")
  end
end
